//go:build unix

package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// shell is where every system of the family keeps it; it is not looked for in PATH.
const shell = "/bin/sh"

// limited makes the command one that binds itself before it begins. A limit that cannot be set is passed over: it is
// already tighter, or this system does not have it (probe tells the two apart).
func limited(lim limits, command []string) []string {
	return append([]string{shell, "-c", script(lim) + `exec "$@"`, "sh"}, command...)
}

// script also offers the child to a system that runs out of memory before the program that serves others.
func script(lim limits) string {
	s := "{ echo 1000 >/proc/self/oom_score_adj; ulimit -c 0; ulimit -f 0; ulimit -n " + fmt.Sprint(openFiles) + "; ulimit -t " + fmt.Sprint(int64(lim.time/time.Second)+1) + "; "
	if lim.memory > 0 {
		s += "ulimit -v " + fmt.Sprint(lim.memory>>10) + "; "
	}
	return s + "} 2>/dev/null; unset PWD OLDPWD SHLVL _; "
}

// probe says whether the limits hold here: a shell that only pretends to set them is found before a stranger's file is.
func probe(lim limits) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	out, err := exec.Command(shell, "-c", script(lim)+`ulimit -t; ulimit -v; ulimit -f; ulimit -n`).Output()
	if err != nil {
		return fmt.Errorf("%s cannot set the limits of a child: %w", shell, err)
	}
	var t, v, f, n int64
	if _, err := fmt.Sscan(string(out), &t, &v, &f, &n); err != nil {
		return fmt.Errorf("%s does not set the limits of a child: it answers %q", shell, out)
	}
	return nil
}

// killed says that somebody ended the child: the limit of the processor's time, or a system that ran out of memory. Another
// time it may have more luck.
func killed(s *os.ProcessState) bool {
	w, ok := s.Sys().(syscall.WaitStatus)
	return ok && w.Signaled() && (w.Signal() == syscall.SIGKILL || w.Signal() == syscall.SIGXCPU)
}

// alone gives the child a process group of its own, and kills the group rather than the child; it ends with this
// program, too, where the system sees to it.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWith(cmd.SysProcAttr)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
