"""Clustering by k-means."""

from estimator_heads.canned.kmeans.estimator import KMeansClustering

__all__ = ["KMeansClustering"]
