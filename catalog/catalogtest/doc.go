// Package catalogtest says what a store and search of the catalogue must do, in one suite that all of them pass: the
// embedded one, one on a cluster, and [Memory], the plain one that is here to be read and to serve in tests.
//
// A package that keeps the catalogue's data calls [TestStore] in a test of its own. The builders ([Kit], [Entity],
// [DeltaOf]…) make small records for any test.
package catalogtest
