// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The client's end of a TCP connection within this machine, as Linux's {@code /proc} shows it. */
final class PeerSocket {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL_ADDRESS = 1;
  private static final int REMOTE_ADDRESS = 2;
  private static final int INODE = 9;

  private PeerSocket() {}

  /**
   * Whether one of the processes has the end at {@code clientPort} of a connection to {@code
   * serverPort}. False where there is no {@code /proc}.
   */
  static boolean isHeldBy(Stream<ProcessHandle> processes, int clientPort, int serverPort) {
    Set<String> sockets = sockets(clientPort, serverPort);
    return !sockets.isEmpty() && processes.anyMatch(process -> holds(process.pid(), sockets));
  }

  private static Set<String> sockets(int clientPort, int serverPort) {
    var sockets = new HashSet<String>();
    for (Path table : TABLES) {
      try (Stream<String> lines = Files.lines(table)) {
        lines
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > INODE)
            .filter(fields -> port(fields[LOCAL_ADDRESS]) == clientPort)
            .filter(fields -> port(fields[REMOTE_ADDRESS]) == serverPort)
            .forEach(fields -> sockets.add("socket:[" + fields[INODE] + "]"));
      } catch (IOException notLinux) {
        return Set.of();
      }
    }
    return sockets;
  }

  /** The port of an address such as {@code 0100007F:11D6}; -1 in the table's head. */
  private static int port(String address) {
    int colon = address.indexOf(':');
    try {
      return colon < 0 ? -1 : Integer.parseInt(address.substring(colon + 1), 16);
    } catch (NumberFormatException notAnAddress) {
      return -1;
    }
  }

  private static boolean holds(long pid, Set<String> sockets) {
    Path directory = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      for (Path descriptor : descriptors) {
        if (sockets.contains(target(descriptor))) {
          return true;
        }
      }
      return false;
    } catch (IOException notOursOrGone) {
      return false;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
