"""How the bundled models are made. Nothing under ``app/`` imports from here.

``python -m models.training.build`` makes both models from nothing: a seeded prior draws synthetic series, the feature
half of the graph turns them into features, a small network learns from those, and everything is written as one ONNX
file with its manifest and card.
"""
