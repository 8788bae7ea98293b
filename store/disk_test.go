package store_test

import (
	"maps"
	"slices"
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// badDisk stands between SQLite and the files of this test program. It can fail
// one call or all calls from one on, and it can write down what a disk was told,
// so that a power cut can be played afterwards.
//
// It is a VFS of SQLite: the one of the system, with the functions that open,
// write, cut and sync replaced by those below.
type badDisk struct {
	mu        sync.Mutex
	files     map[uintptr]*openFile
	patched   map[uintptr]uintptr // methods of the system → ours
	healthy   int                 // calls until the first that fails; < 0: none does
	once      bool                // only one call fails
	hit       bool
	recording bool
	told      []instruction
}

// openFile is a file of SQLite and the system's methods for it.
type openFile struct {
	name   string
	system *sqlite3.Tsqlite3_io_methods
}

// instruction is one thing a disk was told: data at an offset, or a new length,
// or to make everything before it durable.
type instruction struct {
	file   string
	offset int64
	data   []byte
	length int64 // where data is nil and sync is false
	sync   bool
}

var disk = badDisk{files: map[uintptr]*openFile{}, patched: map[uintptr]uintptr{}, healthy: -1}

var systemOpen func(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32

// installDisk makes the bad disk the one that SQLite uses from now on.
var installDisk = sync.OnceFunc(func() {
	tls := libc.NewTLS()
	vfs := *at[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(tls, 0))
	systemOpen = function[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](vfs.FxOpen)
	vfs.FxOpen = pointer(diskOpen)
	name, err := libc.CString("bad disk")
	if err != nil {
		panic(err)
	}
	vfs.FzName = name
	if rc := sqlite3.Xsqlite3_vfs_register(tls, keep(tls, vfs), 1); rc != sqlite3.SQLITE_OK {
		panic(rc)
	}
})

func diskOpen(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32 {
	rc := systemOpen(tls, vfs, name, file, flags, outFlags)
	f := at[sqlite3.Tsqlite3_file](file)
	if rc != sqlite3.SQLITE_OK || f.FpMethods == 0 {
		return rc
	}
	disk.mu.Lock()
	defer disk.mu.Unlock()
	disk.files[file] = &openFile{libc.GoString(name), at[sqlite3.Tsqlite3_io_methods](f.FpMethods)}
	ours, known := disk.patched[f.FpMethods]
	if !known {
		methods := *at[sqlite3.Tsqlite3_io_methods](f.FpMethods)
		methods.FxWrite, methods.FxTruncate, methods.FxSync = pointer(diskWrite), pointer(diskTruncate), pointer(diskSync)
		ours = keep(tls, methods)
		disk.patched[f.FpMethods] = ours
	}
	f.FpMethods = ours
	return rc
}

func diskWrite(tls *libc.TLS, file, data uintptr, n int32, offset int64) int32 {
	told := instruction{offset: offset, data: slices.Clone(unsafe.Slice(at[byte](data), n))}
	system, fails := disk.tell(file, told)
	if fails {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	return function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](system.FxWrite)(tls, file, data, n, offset)
}

func diskTruncate(tls *libc.TLS, file uintptr, length int64) int32 {
	system, fails := disk.tell(file, instruction{length: length})
	if fails {
		return sqlite3.SQLITE_IOERR_TRUNCATE
	}
	return function[func(*libc.TLS, uintptr, int64) int32](system.FxTruncate)(tls, file, length)
}

func diskSync(tls *libc.TLS, file uintptr, flags int32) int32 {
	system, fails := disk.tell(file, instruction{sync: true})
	if fails {
		return sqlite3.SQLITE_IOERR_FSYNC
	}
	return function[func(*libc.TLS, uintptr, int32) int32](system.FxSync)(tls, file, flags)
}

// tell writes the instruction down and says whether it fails.
func (d *badDisk) tell(file uintptr, i instruction) (system *sqlite3.Tsqlite3_io_methods, fails bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[file]
	switch {
	case d.healthy > 0:
		d.healthy--
	case d.healthy == 0:
		d.hit, fails = true, true
		if d.once {
			d.healthy = -1
		}
	}
	if d.recording && !fails {
		i.file = f.name
		d.told = append(d.told, i)
	}
	return f.system, fails
}

// fail lets n calls succeed and then fails one, or every one.
func (d *badDisk) fail(n int, once bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.healthy, d.once, d.hit = n, once, false
}

// mend ends the failures and tells whether there was one.
func (d *badDisk) mend() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.healthy = -1
	return d.hit
}

// record begins to write down what the disk is told.
func (d *badDisk) record() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.recording, d.told = true, nil
}

// length is the number of instructions so far.
func (d *badDisk) length() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.told)
}

// stop ends the recording and returns it.
func (d *badDisk) stop() []instruction {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.recording = false
	return d.told
}

// The three functions below cross between Go and the C that SQLite was; they do
// what modernc.org/sqlite does itself.

// at is the C value at an address.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// function is the Go function behind a C function pointer.
func function[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }

// pointer is the C function pointer of a declared Go function.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// keep copies a value to where the garbage collector does not look.
func keep[T any](tls *libc.TLS, v T) uintptr {
	address := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(v)))
	*at[T](address) = v
	return address
}

func TestBadDiskIsInTheWay(t *testing.T) {
	db := onBadDisk(t)
	disk.record()
	run(t, db, shelf)
	files := map[string]bool{}
	for _, i := range disk.stop() {
		if i.sync {
			files[i.file] = true
		}
	}
	if len(files) != 1 {
		t.Errorf("a commit synced %v, want the WAL", slices.Collect(maps.Keys(files)))
	}
}
