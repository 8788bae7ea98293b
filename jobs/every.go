package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// tick is one turn of a periodic task.
type tick struct {
	Task string `json:"task"`
}

func (tick) Kind() string { return "jobs.tick" }

// longestInterval is bounded by how long River remembers a finished turn.
const longestInterval = 24 * time.Hour

// Every runs work once in each interval (of those that UTC's day divides into),
// by whichever replica comes first, and soon after Start when the present
// interval had none yet. Call it before Start.
func Every(q *Queue, name string, interval time.Duration, work func(context.Context) error) {
	if _, taken := q.ticks[name]; taken || interval < time.Second || interval > longestInterval {
		panic(fmt.Sprintf("jobs: task %q is there already, or %v is not between a second and a day", name, interval))
	}
	q.ticks[name] = work
	q.periodic = append(q.periodic, river.NewPeriodicJob(
		river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) {
			return tick{Task: name}, &river.InsertOpts{
				MaxAttempts: 3, // the next interval brings the next try anyway
				UniqueOpts:  river.UniqueOpts{ByArgs: true, ByPeriod: interval},
			}
		},
		&river.PeriodicJobOpts{RunOnStart: true},
	))
}

// AtStart runs work each time a queue is started, before its first job, for what
// depends on how this program was configured.
func AtStart(q *Queue, work func(context.Context) error) { q.atStart = append(q.atStart, work) }

// tick works one turn.
func (q *Queue) tick(ctx context.Context, t tick) error {
	work, known := q.ticks[t.Task]
	if !known {
		return nil // a task of another version of the program
	}
	return work(ctx)
}
