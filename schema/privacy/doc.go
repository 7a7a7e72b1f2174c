// Package privacy judges what does not belong in public in a text that anybody may have written: the data of persons, and
// what opens or shows a system.
//
// It serves two readers. [Lint] tells who writes a kit (rules W04 and W05, kit format §16); it speaks only where something
// says that it is right. [MaskPersons] takes the data of persons out of whatever leaves the catalogue for a reader; in doubt
// it takes. Both share [PersonalMail] and the tables of words. All is pure and linear in the text; nothing is quoted.
package privacy
