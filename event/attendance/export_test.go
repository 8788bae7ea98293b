package attendance

// ReadCode reads the code of a certificate as it was typed.
var ReadCode = readCode
