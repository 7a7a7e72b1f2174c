package publiccode

// SyntaxPlace gives the line and the column, from 1, at which a text that could not be read stops being YAML; 0 where that
// cannot be told. It is for texts that are known to be wrong: the reader behind it tells places well, but is slow and reads
// some that others refuse.
func SyntaxPlace(data []byte) (line, column int) {
	line, column, _ = explain(data)
	return line, column
}
