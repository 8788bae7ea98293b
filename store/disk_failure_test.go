package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/wspolnota/wspolnota/internal/storetest"
	"github.com/wspolnota/wspolnota/store"
)

// onBadDisk opens a fresh database, as production does, on the bad disk.
func onBadDisk(t *testing.T) *store.DB {
	t.Helper()
	installDisk()
	return reopen(t, storetest.SQLiteAddress(t))
}

func reopen(t *testing.T, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// D3: the n-th call to the disk fails, for every n until none is left. Whoever
// was told "saved" is there, whoever was not is not, nobody by half, and the
// program goes on when the disk does.
func TestDiskThatFailsAtTheNthCall(t *testing.T) {
	for _, once := range []bool{true, false} {
		t.Run(fmt.Sprintf("once=%v", once), func(t *testing.T) {
			for n := 0; ; n++ {
				if !failAtCall(t, n, once) {
					t.Logf("%d calls", n)
					if n < 10 {
						t.Error("that is too few to be true")
					}
					return
				}
				if t.Failed() {
					t.Fatalf("when call %d failed", n)
				}
			}
		})
	}
}

// failAtCall tells whether there was a call to fail.
func failAtCall(t *testing.T, n int, once bool) bool {
	installDisk()
	address := storetest.SQLiteAddress(t)
	db := reopen(t, address)
	run(t, db, shelf)

	disk.fail(n, once)
	saved := insertTogether(t, db, 6)
	_, _ = db.SQL().Exec(`PRAGMA wal_checkpoint(TRUNCATE)`) // may fail too, and loses nothing
	for id, ok := range insertTogether(t, db, 2) {
		saved[id] = ok
	}
	hit := disk.mend()

	saved["after"] = insertPair(db, "after") == nil
	if !saved["after"] {
		t.Error("the disk is well and writing is still refused")
	}
	checkExactly(t, db, saved)
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	again := reopen(t, address)
	checkExactly(t, again, saved)
	if got := one[string](t, again, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("integrity_check: %s", got)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
	return hit
}

// insertTogether inserts n pairs at once and tells which were acknowledged.
func insertTogether(t *testing.T, db *store.DB, n int) map[store.ID]bool {
	t.Helper()
	saved := map[store.ID]bool{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			id := store.NewRandomID()
			err := insertPair(db, id)
			if err != nil && !store.IsUnavailable(err) {
				t.Errorf("refused for another reason: %v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			saved[id] = err == nil
		})
	}
	all.Wait()
	return saved
}

func checkExactly(t *testing.T, db *store.DB, saved map[store.ID]bool) {
	t.Helper()
	for id, ok := range saved {
		want := 0
		if ok {
			want = 2
		}
		n, err := store.One[int](t.Context(), db, `SELECT count(*) FROM shelf WHERE id IN ($1, $2)`, "a"+id, "b"+id)
		if err != nil || n != want {
			t.Errorf("saved = %v, and %d rows are there: %v", ok, n, err)
		}
	}
}

// D2: the power is cut around every sync. What was synced is on the disk; of
// the rest some sectors of 512 bytes are and some are not. Everything that was
// acknowledged is there. WSPOLNOTA_SOAK=1 cuts around 2,000 syncs.
func TestPowerCutLosesNothing(t *testing.T) {
	syncs := 60
	if os.Getenv("WSPOLNOTA_SOAK") != "" {
		syncs = 2000
	}
	lost, cuts := playPowerCuts(t, store.Options{}, syncs)
	if lost > 0 {
		t.Errorf("%d acknowledged writes were lost in %d cuts", lost, cuts)
	}
	t.Logf("%d cuts", cuts)
}

// The same without waiting for the disk loses writes: the play above can fail.
func TestPowerCutIsFeltWithoutSync(t *testing.T) {
	if lost, cuts := playPowerCuts(t, store.Options{Volatile: true}, 40); lost == 0 {
		t.Errorf("nothing was lost in %d cuts", cuts)
	}
}

// acknowledgement says after which instruction to the disk a write was answered.
type acknowledgement struct {
	id    store.ID
	after int
}

func playPowerCuts(t *testing.T, o store.Options, syncs int) (lost, cuts int) {
	t.Helper()
	installDisk()
	address := storetest.SQLiteAddress(t)
	prepareShelf(t, address)
	path := strings.TrimPrefix(address, "sqlite:")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	told, acknowledged := recordWrites(t, address, o, syncs)

	random := rand.New(rand.NewPCG(2014, 6))
	images := map[string]*image{path: {durable: before}, path + "-wal": {}}
	for i, instruction := range told {
		img := images[instruction.file]
		if img == nil {
			t.Fatalf("an unknown file: %s", instruction.file)
		}
		if !instruction.sync {
			img.unsure = append(img.unsure, instruction)
			if o.Volatile && i%20 == 0 { // there are hardly any syncs to cut around
				lost += cut(t, images, path, acknowledged, i, random)
				cuts++
			}
			continue
		}
		lost += cut(t, images, path, acknowledged, i, random)
		img.sync()
		lost += cut(t, images, path, acknowledged, i+1, random)
		cuts += 2
	}
	return lost, cuts
}

// recordWrites writes with several clients until the disk was told to sync so
// often (or as much was written), and returns what it was told and what was acknowledged when.
func recordWrites(t *testing.T, address string, o store.Options, syncs int) ([]instruction, []acknowledgement) {
	t.Helper()
	db, err := store.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	// Checkpoints are part of the play: they move the WAL into the file.
	if _, err := db.SQL().Exec(`PRAGMA wal_autocheckpoint = 30`); err != nil {
		t.Fatal(err)
	}
	disk.record()
	var mu sync.Mutex
	var acknowledged []acknowledgement
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range syncs / 2 {
				id := store.NewRandomID()
				if err := insertPair(db, id); err != nil {
					t.Error(err)
					return
				}
				after := disk.length()
				mu.Lock()
				acknowledged = append(acknowledged, acknowledgement{id, after})
				mu.Unlock()
			}
		})
	}
	all.Wait()
	told := disk.stop()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return told, acknowledged
}

// image is what a file is on the disk, and what the disk was told since.
type image struct {
	durable []byte
	unsure  []instruction
}

func (img *image) sync() {
	for _, i := range img.unsure {
		img.durable = i.apply(img.durable, nil)
	}
	img.unsure = nil
}

// after is the file as it may be after a power cut.
func (img *image) after(random *rand.Rand) []byte {
	content := append([]byte(nil), img.durable...)
	for _, i := range img.unsure {
		content = i.apply(content, random)
	}
	return content
}

// apply carries the instruction out, whole or, with random, sector by sector as
// it pleases.
func (i instruction) apply(content []byte, random *rand.Rand) []byte {
	const sector = 512
	skip := func() bool { return random != nil && random.IntN(2) == 0 }
	if i.data == nil {
		if skip() {
			return content
		}
		return extend(content, i.length)[:i.length]
	}
	for from := 0; from < len(i.data); from += sector {
		if skip() {
			continue
		}
		part := i.data[from:min(from+sector, len(i.data))]
		begin := i.offset + int64(from)
		content = extend(content, begin+int64(len(part)))
		copy(content[begin:], part)
	}
	return content
}

func extend(content []byte, length int64) []byte {
	if missing := length - int64(len(content)); missing > 0 {
		content = append(content, make([]byte, missing)...)
	}
	return content
}

// cut starts the program on what the disk holds after a power cut and counts
// the acknowledged writes that are not there.
func cut(t *testing.T, images map[string]*image, path string, acknowledged []acknowledgement, moment int, random *rand.Rand) (lost int) {
	t.Helper()
	folder, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	for file, img := range images {
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(file)), img.after(random), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(folder, filepath.Base(path)), store.Options{Volatile: true})
	if err != nil {
		return len(acknowledged) // not even a database
	}
	defer os.RemoveAll(folder)
	defer db.Close()
	there, err := store.All[string](t.Context(), db, `SELECT id FROM shelf`)
	if err != nil {
		return len(acknowledged)
	}
	found := map[string]bool{}
	for _, id := range there {
		found[id] = true
	}
	for _, a := range acknowledged {
		if a.after <= moment && !(found["a"+string(a.id)] && found["b"+string(a.id)]) {
			lost++
		}
	}
	for id := range found {
		if !found["a"+id[1:]] || !found["b"+id[1:]] {
			lost++ // half of a write
		}
	}
	if got, err := store.One[string](t.Context(), db, `PRAGMA integrity_check`); err != nil || got != "ok" {
		lost++
	}
	return lost
}
