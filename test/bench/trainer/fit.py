"""Trains the libraries of this Python for trainer.mjs, on one thread: FOLDER COLUMNS TEST.

Reads a line of JSON each, {"library", "rows", "rounds", "score"}, and answers with {"seconds", "auc"}: CPU time of
the fit, with what the library does before the first tree, and the AUC on the first TEST rows. Training rows are TEST
to rows - 1. The first line it prints names its libraries.
"""
import importlib
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
from sklearn.metrics import roc_auc_score

folder, columns, test = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
values = np.fromfile(f"{folder}/x.f32", dtype=np.float32).reshape(-1, columns)
label = np.fromfile(f"{folder}/y.u8", dtype=np.uint8)


def sklearn(x, y, rounds):
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        learning_rate=0.1, max_iter=rounds, max_leaf_nodes=31, min_samples_leaf=20, l2_regularization=1.0,
        max_bins=255, early_stopping=False, random_state=0,
    ).fit(x, y)
    return lambda rows: model.predict_proba(rows)[:, 1]


def xgboost(x, y, rounds):
    import xgboost

    settings = {
        "objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": 31,
        "max_depth": 0, "max_bin": 255, "eta": 0.1, "lambda": 1, "min_child_weight": 1, "nthread": 1,
    }
    model = xgboost.train(settings, xgboost.DMatrix(x, label=y, nthread=1), num_boost_round=rounds)
    return lambda rows: model.predict(xgboost.DMatrix(rows, nthread=1))


def lightgbm(x, y, rounds):
    import lightgbm

    settings = {
        "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "max_bin": 255, "lambda_l2": 1,
        "min_data_in_leaf": 20, "num_threads": 1, "verbose": -1, "force_row_wise": True, "deterministic": True,
    }
    model = lightgbm.train(settings, lightgbm.Dataset(x, label=y), num_boost_round=rounds)
    return lambda rows: model.predict(rows, num_threads=1)


libraries = {}
for name in ("sklearn", "xgboost", "lightgbm"):
    try:
        libraries[name] = importlib.import_module(name).__version__
    except ImportError:
        pass
print(json.dumps(libraries), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    x, y = values[test : asked["rows"]], label[test : asked["rows"]]
    start = time.process_time()
    predict = globals()[asked["library"]](x, y, asked["rounds"])
    seconds = time.process_time() - start
    auc = roc_auc_score(label[:test], predict(values[:test])) if asked["score"] else None
    print(json.dumps({"seconds": seconds, "auc": auc}), flush=True)
