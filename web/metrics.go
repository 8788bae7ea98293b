package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	requests *prometheus.HistogramVec
}

func newMetrics(registry *prometheus.Registry) *metrics {
	m := &metrics{requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "wspolnota_request_seconds",
		Help:    "Time from the arrival of a request to the end of its answer, by route.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"route", "method", "status"})}
	if registry != nil {
		registry.MustRegister(m.requests)
	}
	return m
}

func (m *metrics) count(route, method string, status int, took time.Duration) {
	if method != "GET" && method != "POST" && method != "HEAD" {
		method = "other" // a label that strangers could otherwise fill at will
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
}
