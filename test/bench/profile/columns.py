"""The statistics of one column after the other: by pandas what Assay's profile says, by whylogs its own profile.

python columns.py pandas|whylogs FILE LABEL prints the processor seconds from opening the file, imports left out.
"""
import resource
import sys

import numpy as np
import pandas as pd

tool, path, label = sys.argv[1:4]
if tool == 'whylogs':
    import whylogs


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def auc(x, y):
    """Of a column alone on the sampled rows; levels are ranked by their rate in the other half."""
    if not pd.api.types.is_numeric_dtype(x):
        half = np.arange(len(x)) % 2 == 0
        rate = y[half].groupby(x[half], observed=True).mean()
        x, y = x[~half].map(rate).astype(float), y[~half]
    kept = x.notna()
    ranks, y = x[kept].rank().to_numpy(), y[kept].to_numpy()
    positives = y.sum()
    return (ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives))


def histogram(x):
    if pd.api.types.is_bool_dtype(x) or not (pd.api.types.is_numeric_dtype(x) or pd.api.types.is_datetime64_any_dtype(x)):
        return x.value_counts().head(20)
    values = x.dropna().astype('int64' if pd.api.types.is_datetime64_any_dtype(x) else float).to_numpy()
    return np.histogram(values, bins=40)


begun = used()
frame = pd.read_parquet(path)
if tool == 'whylogs':
    columns = len(whylogs.log(frame).profile().view().to_pandas())
else:
    sample = frame.sample(n=min(len(frame), 200_000), random_state=1)
    columns = 0
    for name in frame.columns:
        x = frame[name]
        said = [x.isna().mean(), x.nunique(), histogram(x)]
        if name != label:
            said.append(auc(sample[name], sample[label]))
        columns += 1
assert columns == len(frame.columns)
print(used() - begun)
