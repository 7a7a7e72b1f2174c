package pdf

import "syscall"

// dieWith has the system end the child when the thread that starts it ends: with this program, however that ends. Its
// thread is kept for it as long as it lives (see run).
func dieWith(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGKILL }
