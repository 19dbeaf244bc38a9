// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.util.function.Consumer;

/** Java functions run by one factory, and all others by another. Thread-safe. */
public record MixedEnvironments(EnvironmentFactory java, EnvironmentFactory others)
    implements EnvironmentFactory {
  private EnvironmentFactory of(String runtime) {
    return runtime.startsWith("java") ? java : others;
  }

  @Override
  public ExecutionEnvironment start(FunctionSpec spec, String logStream, Consumer<String> output) {
    return of(spec.runtime()).start(spec, logStream, output);
  }

  @Override
  public boolean external(String runtime) {
    return of(runtime).external(runtime);
  }

  @Override
  public boolean holdsConnection(int clientPort, int serverPort) {
    return java.holdsConnection(clientPort, serverPort)
        || others.holdsConnection(clientPort, serverPort);
  }

  @Override
  public Suitability suitability(String runtime) {
    return of(runtime).suitability(runtime);
  }

  @Override
  public void close() {
    java.close();
    others.close();
  }
}
