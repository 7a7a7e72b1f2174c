package catalog

// In says of the attachments of one kit, by path, whether each is kept out, and why: for whoever asks of many.
func (k *KeptOut) In(r *Record) func(file string) (Exclusion, bool) {
	out := k.Attachments(r)
	return func(file string) (x Exclusion, ok bool) {
		if len(out) > 0 {
			x, ok = out[attachmentPath(file)]
		}
		return x, ok
	}
}
