package attach

import "github.com/open-community-pa/riuso/schema"

// format is what a file is, as its bytes say; its text is [catalog.Text].Format.
type format string

const (
	fUnknown format = ""
	fPDF     format = "pdf"
	fDOCX    format = "docx"
	fXLSX    format = "xlsx"
	fPPTX    format = "pptx"
	fODT     format = "odt"
	fODS     format = "ods"
	fODP     format = "odp"
	fSXW     format = "sxw" // OpenOffice.org 1, of which the body is as in ODF
	fRTF     format = "rtf"
	fHTML    format = "html"
	fTXT     format = "txt"
	fCSV     format = "csv"
	fBPMN    format = "bpmn"
	fXML     format = "xml"
	fZIP     format = "zip"
	fP7M     format = "p7m"
	fDOC     format = "doc"
	fXLS     format = "xls"
	fPPT     format = "ppt"
	fPUB     format = "pub"
	fMSG     format = "msg"
	fOLE     format = "ole" // a container of Office 97 whose program we do not know
	fWPD     format = "wpd"
	fWK      format = "wk"
	fJPEG    format = "jpg"
	fPNG     format = "png"
	fGIF     format = "gif"
	fTIFF    format = "tif"
	fVideo   format = "mp4"
	fEXE     format = "exe"
	fGzip    format = "gz"
	f7z      format = "7z"
	fRAR     format = "rar"
)

// facts tells what is known of a format.
type facts struct {
	it, en string   // its name with an article, as it stands in a sentence
	exts   []string // which a file of this format may have; the first is the one that we advise
	old    bool     // T01
	read   bool     // there is a reader for it here
}

// known is never changed. Office writes RTF and HTML under the names of Word and Excel, and has always opened them.
var known = map[format]facts{
	fUnknown: {it: "qualcosa che non si riconosce", en: "something that is not recognised"},
	fPDF:     {it: "un PDF", en: "a PDF", exts: []string{"pdf"}, read: true},
	fDOCX:    {it: "un documento Word (DOCX)", en: "a Word document (DOCX)", exts: []string{"docx", "docm", "dotx", "dotm"}, read: true},
	fXLSX:    {it: "un foglio Excel (XLSX)", en: "an Excel sheet (XLSX)", exts: []string{"xlsx", "xlsm", "xltx", "xltm"}, read: true},
	fPPTX:    {it: "una presentazione PowerPoint (PPTX)", en: "a PowerPoint presentation (PPTX)", exts: []string{"pptx", "pptm", "ppsx", "ppsm", "potx"}, read: true},
	fODT:     {it: "un documento ODT", en: "an ODT document", exts: []string{"odt", "ott", "odm"}, read: true},
	fODS:     {it: "un foglio ODS", en: "an ODS sheet", exts: []string{"ods", "ots"}, read: true},
	fODP:     {it: "una presentazione ODP", en: "an ODP presentation", exts: []string{"odp", "otp", "odg", "otg"}, read: true},
	fSXW:     {it: "un documento di OpenOffice 1", en: "a document of OpenOffice 1", exts: []string{"sxw", "sxc", "sxi"}, old: true, read: true},
	fRTF:     {it: "un documento RTF", en: "an RTF document", exts: []string{"rtf", "doc"}, read: true},
	fHTML:    {it: "una pagina HTML", en: "an HTML page", exts: []string{"html", "htm", "xhtml", "doc", "xls"}, read: true},
	fTXT:     {it: "un testo", en: "a text", exts: []string{"txt", "md", "markdown", "text", "csv", "tsv", "log", "xml", "json", "yml", "yaml", "ini", "properties", "ftl", "sql"}, read: true},
	fCSV:     {it: "una tabella CSV", en: "a CSV table", exts: []string{"csv", "tsv"}, read: true},
	fBPMN:    {it: "un diagramma BPMN", en: "a BPMN diagram", exts: []string{"bpmn", "xml", "bpmn20.xml"}, read: true},
	fXML:     {it: "un file XML", en: "an XML file", exts: []string{"xml", "svg", "xsd", "xsl", "fodt", "drawio", "ftl", "txt", "md"}},
	fZIP:     {it: "un archivio ZIP", en: "a ZIP archive", exts: []string{"zip", "jar", "epub", "war", "kmz"}, read: true},
	fP7M:     {it: "un file firmato (P7M)", en: "a signed file (P7M)", exts: []string{"p7m"}, read: true},
	fDOC:     {it: "un documento Word 97 (DOC)", en: "a Word 97 document (DOC)", exts: []string{"doc", "dot"}, old: true},
	fXLS:     {it: "un foglio Excel 97 (XLS)", en: "an Excel 97 sheet (XLS)", exts: []string{"xls", "xlt"}, old: true},
	fPPT:     {it: "una presentazione PowerPoint 97 (PPT)", en: "a PowerPoint 97 presentation (PPT)", exts: []string{"ppt", "pps", "pot"}, old: true},
	fPUB:     {it: "una pubblicazione di Publisher (PUB)", en: "a Publisher publication (PUB)", exts: []string{"pub"}, old: true},
	fMSG:     {it: "un messaggio di Outlook (MSG)", en: "an Outlook message (MSG)", exts: []string{"msg"}, old: true},
	fOLE:     {it: "un documento di Office 97", en: "an Office 97 document", exts: []string{"doc", "dot", "xls", "xlt", "ppt", "pps", "pot", "pub", "msg", "vsd", "mpp", "wps", "db"}, old: true},
	fWPD:     {it: "un documento WordPerfect (WPD)", en: "a WordPerfect document (WPD)", exts: []string{"wpd", "wp", "wp5"}, old: true},
	fWK:      {it: "un foglio Lotus 1-2-3", en: "a Lotus 1-2-3 sheet", exts: []string{"wk1", "wks", "wk3", "wk4", "123"}, old: true},
	fJPEG:    {it: "una fotografia (JPEG)", en: "a photograph (JPEG)", exts: []string{"jpg", "jpeg", "jpe"}},
	fPNG:     {it: "un'immagine (PNG)", en: "an image (PNG)", exts: []string{"png"}},
	fGIF:     {it: "un'immagine (GIF)", en: "an image (GIF)", exts: []string{"gif"}},
	fTIFF:    {it: "un'immagine (TIFF)", en: "an image (TIFF)", exts: []string{"tif", "tiff"}},
	fVideo:   {it: "un video", en: "a video", exts: []string{"mp4", "m4v", "mov", "avi", "mkv", "webm", "m4a", "wav", "3gp"}},
	fEXE:     {it: "un programma", en: "a program", exts: []string{"exe", "dll", "scr", "sys", "so", "bin"}},
	fGzip:    {it: "un archivio GZIP", en: "a GZIP archive", exts: []string{"gz", "tgz", "svgz"}},
	f7z:      {it: "un archivio 7-Zip", en: "a 7-Zip archive", exts: []string{"7z"}},
	fRAR:     {it: "un archivio RAR", en: "a RAR archive", exts: []string{"rar"}},
}

// name is what the format is called in a sentence, with its article.
func (f format) name() schema.Text { return schema.T(known[f].it, known[f].en) }

// ext is the extension that we advise, without its dot.
func (f format) ext() string {
	if e := known[f].exts; len(e) > 0 {
		return e[0]
	}
	return string(f)
}

func (f format) old() bool      { return known[f].old }
func (f format) readable() bool { return known[f].read }

// ole says that the format lies in the container of Office 97.
func (f format) ole() bool {
	switch f {
	case fOLE, fDOC, fXLS, fPPT, fPUB, fMSG:
		return true
	}
	return false
}
