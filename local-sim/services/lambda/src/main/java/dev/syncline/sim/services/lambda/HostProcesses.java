// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.InterpreterSettings;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.ProcessEnvironments;
import dev.syncline.sim.lambda.process.ProcessOptions;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import dev.syncline.sim.lambda.process.node.NodeFamily;
import dev.syncline.sim.lambda.process.provided.ProvidedFamily;
import dev.syncline.sim.lambda.process.python.PythonFamily;
import dev.syncline.sim.lambda.process.python.PythonPackages;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.settings.FunctionInterpreters;
import dev.syncline.sim.service.settings.JavaClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions as processes of this machine. */
record HostProcesses(ServiceContext context) {
  /** Environments of every runtime that the simulator runs. */
  ProcessEnvironments environments() {
    ProcessOptions options = options();
    return new ProcessEnvironments(
        List.of(new JavaFamily(javaClient(), options), python(), node(), provided()), options);
  }

  /** Environments of every runtime but Java. */
  ProcessEnvironments ofOtherLanguages() {
    return new ProcessEnvironments(List.of(python(), node(), provided()), options());
  }

  private ProcessOptions options() {
    return ProcessOptions.defaults(work().resolve("tmp"), this::variables);
  }

  private RuntimeFamily provided() {
    return new ProvidedFamily(work().resolve("provided"), HostPlatform.current());
  }

  private RuntimeFamily python() {
    Interpreters interpreters = interpreters();
    return new PythonFamily(
        interpreters, scripts(), new PythonPackages(interpreters, work().resolve("packages")));
  }

  private RuntimeFamily node() {
    return new NodeFamily(interpreters(), scripts());
  }

  private RuntimeInterfaceClient javaClient() {
    return context.settings().get(JavaClient.class, JavaClient.DEFAULT).inJava()
        ? RuntimeInterfaceClient.unpackWithoutNativeLibrary(work())
        : RuntimeInterfaceClient.unpack(work());
  }

  private ClientScripts scripts() {
    return new ClientScripts(work().resolve("clients"));
  }

  private Path work() {
    return context.workDirectory().resolve("runtime");
  }

  private Interpreters interpreters() {
    return Interpreters.ofThisProcess(
        settings(context.settings().get(FunctionInterpreters.class, FunctionInterpreters.DEFAULT)));
  }

  static InterpreterSettings settings(FunctionInterpreters given) {
    return new InterpreterSettings(
        given.programs(), given.exact(), given.hostPackages(), given.nodeSdk());
  }

  /** The variables that every function gets beneath its own, beside its credentials. */
  Map<String, String> variables() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("AWS_ENDPOINT_URL", context.endpoint().get().toString());
    variables.put("AWS_REGION", context.region());
    variables.put("AWS_DEFAULT_REGION", context.region());
    variables.putAll(new TrustedAuthorities(context.workDirectory()).variables());
    return variables;
  }
}
