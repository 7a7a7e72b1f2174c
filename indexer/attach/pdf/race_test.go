//go:build race

package pdf

// raceDetector says that the tests run under the race detector.
const raceDetector = true
