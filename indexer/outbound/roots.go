package outbound

import (
	"crypto/x509"
	"errors"
)

// ErrNoCertificate: the file of an authority holds no certificate in PEM.
var ErrNoCertificate = errors.New("no certificate in PEM")

// Roots gives the system's authorities and those of a PEM file of the operator, for Config.RootCAs: a network whose proxy
// or forge has a certificate of its own house. What is not a certificate gives ErrNoCertificate.
func Roots(pem []byte) (*x509.CertPool, error) {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool() // a machine without any
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, ErrNoCertificate
	}
	return pool, nil
}
