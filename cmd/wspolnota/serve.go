package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// ServeCommand runs the server until it is told to stop.
type ServeCommand struct{ Config }

// Run opens the database, brings it up to date and serves.
func (c *ServeCommand) Run(ctx context.Context, out io.Writer) error {
	p, err := open(ctx, c.Config, nil)
	if err != nil {
		return err
	}
	defer p.close()
	again, err := p.keeper.EraseAgain(ctx) // the database may have been copied back by other means than ours
	if err != nil {
		return err
	}
	if again > 0 {
		p.log.Warn("people who had been erased were in the database again and are erased again", "number", again)
	}
	return p.serve(ctx, func(net.Addr) {
		fmt.Fprintf(out, "Wspólnota: %s\n", p.site.Public)
	})
}

// serve answers people, works the jobs and gives out the metrics until ctx
// ends; started is called once the site can be reached.
func (p *program) serve(ctx context.Context, started func(net.Addr)) error {
	listener, err := net.Listen("tcp", p.config.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", p.config.Addr, err)
	}
	stopMetrics, err := serveMetrics(p.config.MetricsAddr, p.metrics, p.log)
	if err != nil {
		return err
	}
	defer stopMetrics()
	if err := p.queue.Start(ctx); err != nil {
		return err
	}
	go p.live.Listen(ctx)
	started(listener.Addr())
	debug.FreeOSMemory() // opening took more than serving does
	err = p.app.Serve(ctx, listener, p.config.Drain)
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, p.queue.Stop(limit))
}

// serveMetrics gives Prometheus its page on an address of its own, which is not
// meant for the public.
func serveMetrics(addr string, registry *prometheus.Registry, log *slog.Logger) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("metrics on %s: %w", addr, err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics stopped", "error", err)
		}
	}()
	return func() { server.Close() }, nil
}
