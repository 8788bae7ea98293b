package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// Drain works everything that is due by the store's clock, and what that adds,
// one after another in this goroutine. Failed jobs are put off as they would be
// otherwise; the error is only about the queue itself. For tests, and for the
// demo while it fills its database; a started queue needs no draining.
func (q *Queue) Drain(ctx context.Context) error {
	for {
		job, err := q.take(ctx)
		if err != nil {
			return fmt.Errorf("jobs: drain: %w", err)
		}
		if job == nil {
			return nil
		}
		if err := q.settle(ctx, job, q.attempt(ctx, job)); err != nil {
			return fmt.Errorf("jobs: drain: settle %s: %w", job.Kind, err)
		}
	}
}

// take marks the next due job as running; nil when there is none.
func (q *Queue) take(ctx context.Context) (*rivertype.JobRow, error) {
	now := q.db.Wall()
	due := &riverdriver.JobScheduleParams{Max: 1000, Now: &now}
	if _, err := q.engine.executor().JobSchedule(ctx, due); err != nil {
		return nil, err
	}
	jobs, err := q.engine.executor().JobGetAvailable(ctx, &riverdriver.JobGetAvailableParams{
		ClientID: "drain", MaxAttemptedBy: 1, MaxToLock: 1, Now: &now, Queue: river.QueueDefault,
	})
	if err != nil || len(jobs) == 0 {
		return nil, err
	}
	return jobs[0], nil
}

func (q *Queue) attempt(ctx context.Context, job *rivertype.JobRow) error {
	work, known := q.handlers[job.Kind]
	if !known {
		return fmt.Errorf("nobody works jobs of kind %s", job.Kind)
	}
	return work(ctx, job.EncodedArgs)
}

// settle writes what became of an attempt.
func (q *Queue) settle(ctx context.Context, job *rivertype.JobRow, failure error) error {
	now := q.db.Wall()
	s := outcome(job, failure, now)
	_, err := q.engine.executor().JobSetStateIfRunningMany(context.WithoutCancel(ctx), &riverdriver.JobSetStateIfRunningManyParams{
		ID:              []int64{s.ID},
		Attempt:         []*int{s.Attempt},
		ErrData:         [][]byte{s.ErrData},
		FinalizedAt:     []*time.Time{s.FinalizedAt},
		MetadataDoMerge: []bool{s.MetadataDoMerge},
		MetadataUpdates: [][]byte{s.MetadataUpdates},
		Now:             &now,
		ScheduledAt:     []*time.Time{s.ScheduledAt},
		State:           []rivertype.JobState{s.State},
	})
	return err
}

func outcome(job *rivertype.JobRow, failure error, now time.Time) *riverdriver.JobSetStateIfRunningParams {
	var cancelled *rivertype.JobCancelError
	switch {
	case failure == nil:
		return riverdriver.JobSetStateCompleted(job.ID, now, nil)
	case errors.As(failure, &cancelled):
		return riverdriver.JobSetStateCancelled(job.ID, now, attemptError(job, now, failure.Error()), nil)
	case job.Attempt >= job.MaxAttempts:
		return riverdriver.JobSetStateDiscarded(job.ID, now, attemptError(job, now, failure.Error()), nil)
	}
	return riverdriver.JobSetStateErrorRetryable(job.ID, now.Add(pause(job)), attemptError(job, now, failure.Error()), nil)
}

// pause is River's own: the fourth power of the attempt, in seconds, and a
// little chance.
func pause(job *rivertype.JobRow) time.Duration {
	return time.Until((&river.DefaultClientRetryPolicy{}).NextRetry(job))
}

func attemptError(job *rivertype.JobRow, at time.Time, text string) []byte {
	encoded, err := json.Marshal(rivertype.AttemptError{At: at.UTC(), Attempt: job.Attempt, Error: text})
	if err != nil {
		panic(err) // a struct of plain fields
	}
	return encoded
}
