"""How the bundled models are made: synthetic prior → features (an ONNX graph) → small network → one int8 ONNX file."""
