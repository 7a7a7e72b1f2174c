package hooks

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/open-community-pa/riuso/schema"
)

// answer is what a forge gets and shows to whoever set the webhook: what will happen, in both languages.
type answer struct {
	code    int
	Status  string      `json:"status"` // accepted, nothing, repeated, pong, refused, busy, failed
	Event   Event       `json:"event,omitempty"`
	Message schema.Text `json:"message"`
}

func accepted(e Event) answer {
	return answer{http.StatusAccepted, "accepted", e, schema.T("Ricevuto: il repository sarà visitato tra poco.", "Received: the repository will be visited shortly.")}
}

func nothing(e Event) answer {
	return answer{http.StatusAccepted, "nothing", e, schema.T("Ricevuto: questo catalogo non ha nulla da fare per questo evento.", "Received: this catalogue has nothing to do for this event.")}
}

func repeated() answer {
	return answer{http.StatusAccepted, "repeated", "", schema.T("Consegna già ricevuta: non occorre fare altro.", "Delivery received before: nothing more is needed.")}
}

func pong() answer {
	return answer{http.StatusOK, "pong", "", schema.T("Il webhook funziona: il segreto è quello giusto.", "The webhook works: the secret is the right one.")}
}

func unknownForge() answer {
	return answer{http.StatusNotFound, "refused", "", schema.T("Gli indirizzi per i webhook sono /hooks/github, /hooks/gitlab e /hooks/gitea.", "The addresses for webhooks are /hooks/github, /hooks/gitlab and /hooks/gitea.")}
}

func notConfigured(forge string) answer {
	return answer{http.StatusNotFound, "refused", "", schema.Tf("Questo catalogo non riceve webhook da %s: chi lo gestisce non ha impostato un segreto.",
		"This catalogue takes no webhooks from %s: its operator has set no secret.", forge)}
}

func wrongMethod() answer {
	return answer{http.StatusMethodNotAllowed, "refused", "", schema.T("I webhook si inviano con POST.", "Webhooks are sent with POST.")}
}

func wrongType(forge string) answer {
	if forge == GitHub {
		return answer{http.StatusUnsupportedMediaType, "refused", "", schema.T("Il contenuto deve essere application/json oppure application/x-www-form-urlencoded.",
			"The content must be application/json or application/x-www-form-urlencoded.")}
	}
	return answer{http.StatusUnsupportedMediaType, "refused", "", schema.T("Nelle impostazioni del webhook scegliere il tipo di contenuto application/json.",
		"Choose the content type application/json in the settings of the webhook.")}
}

func tooLarge() answer {
	return answer{http.StatusRequestEntityTooLarge, "refused", "", schema.Tf("Il messaggio supera %d byte: la modifica sarà vista alla prossima visita periodica.",
		"The message is longer than %d bytes: the change will be seen at the next regular visit.", MaxBody)}
}

// unauthorized is the same whatever is wrong with the signature.
func unauthorized() answer {
	return answer{http.StatusUnauthorized, "refused", "", schema.T("La firma o il token del messaggio manca o non è giusto: controllare il segreto del webhook.",
		"The signature or token of the message is missing or not right: check the secret of the webhook.")}
}

func unreadable() answer {
	return answer{http.StatusBadRequest, "refused", "", schema.T("Il messaggio non si legge, o non dice di quale repository parla.",
		"The message cannot be read, or does not say which repository it is about.")}
}

func busy(e Event) answer {
	return answer{http.StatusTooManyRequests, "busy", e, schema.T("Troppe richieste in questo momento: riprovare tra un minuto. La modifica sarà comunque vista alla prossima visita periodica.",
		"Too much to do at the moment: try again in a minute. The change will be seen at the next regular visit in any case.")}
}

func failed(e Event) answer {
	return answer{http.StatusInternalServerError, "failed", e, schema.T("Qualcosa non ha funzionato; l'errore è stato registrato.", "Something went wrong; the error has been logged.")}
}

// write sends an answer.
func (a answer) write(w http.ResponseWriter, forge string) error {
	body, err := json.Marshal(a)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	switch a.code {
	case http.StatusMethodNotAllowed:
		h.Set("Allow", http.MethodPost)
	case http.StatusUnauthorized: // RFC 9110, section 15.5.2 asks for one
		h.Set("WWW-Authenticate", `Webhook realm="`+forge+`"`)
	case http.StatusTooManyRequests:
		h.Set("Retry-After", strconv.Itoa(int(RetryAfter.Seconds())))
	}
	w.WriteHeader(a.code)
	_, err = w.Write(append(body, '\n'))
	return err
}
