package upload

import (
	"context"
	"errors"
	"testing"
)

func TestPictureDoesNotWaitForSomebodyWhoLeft(t *testing.T) {
	desk <- struct{}{} // another picture is being drawn
	defer func() { <-desk }()
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := draw(ctx, []byte("x"), "a.png", Widths()); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func TestTheDeskIsFreeAfterARefusedPicture(t *testing.T) {
	for range 2 {
		if _, err := draw(t.Context(), []byte("not a picture"), "a.png", Widths()); err == nil {
			t.Fatal("it was drawn")
		}
	}
	if len(desk) != 0 {
		t.Error("the desk is taken")
	}
}
