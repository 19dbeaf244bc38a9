// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One deployment for all tests of a class. It starts before the first test, clears planned faults
 * after each test, and closes with the class. The tests must run in one thread.
 */
final class SharedDeployment implements BeforeAllCallback, AfterEachCallback {
  private final Callable<Deployed> start;
  private @Nullable Deployed deployed;

  SharedDeployment(Callable<Deployed> start) {
    this.start = start;
  }

  /** The template with the Step Functions backend, functions as child processes. */
  static SharedDeployment stepFunctions() {
    return new SharedDeployment(
        () -> Deployed.start(Deployed.config(), Map.of("Backend", "stepfunctions")));
  }

  /** Starts it, except for nested classes, which use the deployment of the outer class. */
  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (deployed == null) {
      deployed = start.call();
      context.getStore(ExtensionContext.Namespace.create(this)).put(this, deployed);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    get().simulator().faults().clear();
  }

  Deployed get() {
    return Objects.requireNonNull(deployed, "started by beforeAll");
  }
}
