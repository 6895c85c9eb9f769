"""Synthetic business series: trend x seasons x noise, some of them counts, intermittent sales or with gaps. No real
series.

``sampling`` holds the draws that all parts use, ``trends``, ``patterns``, ``noise`` and ``demand`` are the parts,
``shapes`` sets length and strength for each frequency, ``draw`` puts them together.
"""
