// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.kernel.HostPlatform;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How child processes are started. Immutable.
 *
 * @param javaHome the JDK or JRE they run on, 21 or newer
 * @param jvmArguments further arguments of the JVM, after the simulator's own
 * @param environment variables that every function gets beneath its own, such as {@code
 *     AWS_ENDPOINT_URL} and credentials; asked at each start
 * @param temporary where each environment gets a directory in place of {@code /tmp}; made if absent
 * @param platform how this machine's processes are handled: Linux by {@code /proc}
 * @param realClock gives the children's deadlines: a real process uses real time
 */
public record ProcessOptions(
    Path javaHome,
    List<String> jvmArguments,
    Supplier<Map<String, String>> environment,
    Path temporary,
    HostPlatform platform,
    Clock realClock) {

  /** Copies the list. */
  public ProcessOptions {
    jvmArguments = List.copyOf(jvmArguments);
  }

  /** The JDK of this process, without further arguments. */
  public static ProcessOptions defaults(Path temporary, Supplier<Map<String, String>> environment) {
    return new ProcessOptions(
        Path.of(System.getProperty("java.home")),
        List.of(),
        environment,
        temporary.toAbsolutePath(),
        HostPlatform.current(),
        Clock.systemUTC());
  }

  /** The same as on another platform. */
  public ProcessOptions on(HostPlatform other) {
    return new ProcessOptions(javaHome, jvmArguments, environment, temporary, other, realClock);
  }
}
