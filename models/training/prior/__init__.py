"""Synthetic business series: trend x seasons x noise, some of them counts, rare sales or with gaps. No real series.

``chance`` holds what all parts draw with, ``trends``, ``patterns``, ``noise`` and ``demand`` are the parts,
``shapes`` says how long and how strong for each rhythm, ``draw`` puts them together.
"""
