package attach

import (
	"strings"
	"unicode"

	"github.com/open-community-pa/riuso/catalog"
)

const (
	languageWords = 5_000 // that are looked at in one file
	languageShare = 8     // percent of the words that must be small words of a language
	languageLead  = 13    // tenths: how much more than the second one the first must have
)

// smallWords are frequent words of a language that are rare in the others; what several share helps nobody and is left out.
var smallWords = map[string][]string{
	"it": strings.Fields("il lo gli di del della dei degli delle dello dal dalla dalle nel nella nelle sul sulla al alla alle ai agli all dell nell e ed che è in per con non si sono una uno questo questa come anche più ha essere da ogni nonché ove se"),
	"en": strings.Fields("the of and to in is that for it with as was be by are this from or which have not at an will their has been can its you shall we may"),
	"fr": strings.Fields("le les des du et est une dans pour que qui sur au aux avec par ce sont pas cette plus être ou ses nous vous il leur été"),
	"de": strings.Fields("der die das und in ist den dem von zu mit des im für auf eine einer einem nicht werden sich auch als bei oder wird nach sind über zur zum durch"),
	"es": strings.Fields("el los las del y en que es por con para una se su al como más o este esta sus son no lo ser ha entre cada también"),
	"pt": strings.Fields("os as do da se dos das em e que é para com não uma um por se no na ao mais como são ou pelo pela foi seu sua também"),
	"sl": strings.Fields("za ki pri ter tudi lahko bo kot je in se so med biti člen oziroma svoje katere ima če"),
}

// languageOf tells the language of a file by its small words, as ISO 639-1; "" where they do not agree or are too few.
func languageOf(pages []catalog.TextPage) string {
	by := map[string][]string{}
	for lang, list := range smallWords {
		for _, w := range list {
			by[w] = append(by[w], lang)
		}
	}
	score, words := map[string]int{}, 0
count:
	for _, p := range pages {
		for w := range strings.FieldsFuncSeq(p.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if words++; words > languageWords {
				break count
			}
			for _, lang := range by[strings.ToLower(w)] {
				score[lang] += 2
				if len(by[strings.ToLower(w)]) > 1 {
					score[lang]--
				}
			}
		}
	}
	if words < minWords {
		return ""
	}
	best, first, second := "", 0, 0
	for lang, n := range score {
		if n > first {
			best, first, second = lang, n, first
		} else if n > second {
			second = n
		}
	}
	if first*100 < languageShare*words || first*10 <= second*languageLead {
		return ""
	}
	return best
}
