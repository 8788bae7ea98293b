package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Limits on requests that come slowly, to hold a connection, and on large ones.
const (
	headerTimeout = 10 * time.Second
	bodyTimeout   = 60 * time.Second
	idleTimeout   = 120 * time.Second
	maxHeader     = 16<<10 - 4096 // net/http adds 4,096 bytes of slack
)

// stopWithin is how long running requests have after a stop signal.
const stopWithin = 9 * time.Second

// Serve answers on the listener until ctx ends. Then it says at /readyz that it
// is going, goes on answering for drain so that a balancer can look elsewhere,
// lets running requests finish and returns.
func (a *App) Serve(ctx context.Context, listener net.Listener, drain time.Duration) error {
	server := &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       bodyTimeout,
		WriteTimeout:      bodyTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(a.Logger.Handler(), slog.LevelDebug),
	}
	for _, stop := range a.OnStop {
		server.RegisterOnShutdown(stop)
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("web: serve: %w", err)
	case <-ctx.Done():
	}
	a.stopping.Store(true)
	select {
	case <-time.After(drain):
	case err := <-done:
		return fmt.Errorf("web: serve: %w", err)
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := server.Shutdown(limit); err != nil && !errors.Is(err, http.ErrServerClosed) {
		server.Close()
		return fmt.Errorf("web: stop: %w", err)
	}
	return nil
}

// ready says whether a balancer may send people here.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	noteRoute(r.Context(), "GET /readyz")
	if a.stopping.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := a.DB.Ping(ctx); err != nil {
		a.Logger.Error("not ready", "error", err)
		http.Error(w, "database unavailable", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// ClientAddr returns the address from which the request came. What a proxy says
// of it is believed only when the proxy is one of those configured, and only as
// far as the chain of such proxies reaches.
func (a *App) ClientAddr(r *http.Request) netip.Addr {
	return clientAddr(r, a.TrustedProxies)
}

func clientAddr(r *http.Request, trusted []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(addr) }) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		addr = before.Unmap()
	}
	return addr
}
