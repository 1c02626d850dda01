"""Trains scikit-learn's HistGradientBoostingClassifier for trainer.mjs, each fifth of the training rows left out once.

FOLDER COLUMNS TEST ROUNDS LEAVES MIN_LEAF -> FOLDER/sklearn.json: [{"kept": residue, "auc": AUC on the test rows}]
"""
import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

folder = sys.argv[1]
columns, test, rounds, leaves, min_leaf = map(int, sys.argv[2:])
x = np.fromfile(f"{folder}/x.f32", dtype=np.float32).reshape(-1, columns)
y = np.fromfile(f"{folder}/y.u8", dtype=np.uint8)
rows = np.arange(len(y))
out = []
for kept in range(5):
    train = (rows >= test) & (rows % 5 != kept)
    model = HistGradientBoostingClassifier(
        learning_rate=0.1, max_iter=rounds, max_leaf_nodes=leaves, min_samples_leaf=min_leaf,
        l2_regularization=1.0, max_bins=255, early_stopping=False, random_state=0,
    )
    start = time.process_time()
    model.fit(x[train], y[train])
    took = time.process_time() - start
    out.append({"kept": kept, "auc": roc_auc_score(y[:test], model.predict_proba(x[:test])[:, 1])})
    print(f"  scikit-learn, {train.sum()} rows: AUC {out[-1]['auc']:.4f}, {took * 1000 / rounds:.2f} ms CPU a tree with binning")
json.dump(out, open(f"{folder}/sklearn.json", "w"))
