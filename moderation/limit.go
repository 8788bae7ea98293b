package moderation

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/netip"
	"time"

	"github.com/wspolnota/wspolnota/fault"
	"github.com/wspolnota/wspolnota/lang"
	"github.com/wspolnota/wspolnota/store"
)

// limit is how often one subject may do something. The time runs from the first
// time, so that it is known when the next one is free.
type limit struct {
	name string
	most int
	per  time.Duration
	key  string // of the message; gets When
}

// newFor is how long an account is new: most who come to leave an address do it
// on their first day.
const newFor = 7 * 24 * time.Hour

// A new account publishes as much as somebody writes who has something to say.
// A device gets more, for several people may sit at one in a library; a network,
// which may be a school or a hotel, is never counted for what people publish.
var (
	textsPerHour   = limit{"texts of account, hour", 5, time.Hour, "moderation.limit.texts"}
	textsPerDay    = limit{"texts of account, day", 15, 24 * time.Hour, "moderation.limit.texts"}
	devicePerHour  = limit{"texts of device, hour", 10, time.Hour, "moderation.limit.texts"}
	devicePerDay   = limit{"texts of device, day", 30, 24 * time.Hour, "moderation.limit.texts"}
	reportsPerDay  = limit{"reports of account, day", 30, 24 * time.Hour, "moderation.limit.reports"}
	visitorPerDay  = limit{"reports of device, day", 10, 24 * time.Hour, "moderation.limit.reports"}
	networkPerHour = limit{"reports of strangers from network, hour", 60, time.Hour, "moderation.limit.network"}
)

// count takes one of the times that a subject has, or says when the next is
// free. The row is written before it is read, so that replicas and browsers that
// come at once are counted one after another; a refusal undoes its own count.
func (s *Service) count(ctx context.Context, tx *store.Tx, l limit, subject string) error {
	now := tx.Now()
	row, err := store.One[struct {
		N     int
		Since store.Time
	}](ctx, tx, `INSERT INTO moderation_count (key, n, since) VALUES ($1, 1, $2)
		ON CONFLICT (key) DO UPDATE SET
			n = CASE WHEN moderation_count.since <= $3 THEN 1 ELSE moderation_count.n + 1 END,
			since = CASE WHEN moderation_count.since <= $3 THEN excluded.since ELSE moderation_count.since END
		RETURNING n, since`, s.digest(l.name, subject), store.At(now), store.At(now.Add(-l.per)))
	if err != nil {
		return fmt.Errorf("moderation: count: %w", err)
	}
	if row.N > l.most {
		return fault.Limited(l.key, "Most", l.most, "When", lang.DateTime(ctx, row.Since.Add(l.per)))
	}
	return nil
}

// forgetCounts removes counts whose time is over.
func forgetCounts(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM moderation_count WHERE since < $1`, store.At(tx.Now().Add(-24*time.Hour)))
	return err
}

func deriveKey(secret []byte) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("moderation"))
	return mac.Sum(nil)
}

// digest names a subject of a use without telling who it is.
func (s *Service) digest(use, subject string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(use + "\x00" + subject))
	return hex.EncodeToString(mac.Sum(nil))
}

// network names where a request comes from. Of the long addresses of IPv6 the
// half counts that belongs to one connection.
func (s *Service) network(r *http.Request) string {
	addr := s.address(r)
	if addr.Is6() {
		if prefix, err := addr.Prefix(64); err == nil {
			addr = prefix.Addr()
		}
	}
	return addr.WithZone("").String()
}

func (s *Service) address(r *http.Request) netip.Addr {
	if s.ClientAddr != nil {
		return s.ClientAddr(r)
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return peer.Addr().Unmap()
}
