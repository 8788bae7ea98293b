package export

import (
	"net/http"
	"strconv"
)

// SendText answers with a text in Markdown under a file name.
func SendText(w http.ResponseWriter, _ *http.Request, name, text string) error {
	attach(w, "text/markdown; charset=utf-8", name, ".md")
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	_, err := w.Write([]byte(text))
	return err
}
