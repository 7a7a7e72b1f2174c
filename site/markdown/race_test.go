//go:build race

package markdown

// raceDetector says that the tests run under the race detector.
const raceDetector = true
