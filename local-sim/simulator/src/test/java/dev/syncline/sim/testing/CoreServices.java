// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.PortServer;
import dev.syncline.sim.port.PortSettings;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.services.cloudwatch.CloudWatchService;
import dev.syncline.sim.services.eventbridge.EventBridgeService;
import dev.syncline.sim.services.iam.IamService;
import dev.syncline.sim.services.logs.LogsService;
import dev.syncline.sim.services.s3.S3Service;
import dev.syncline.sim.services.secretsmanager.SecretsManagerService;
import dev.syncline.sim.services.sqs.SqsService;
import dev.syncline.sim.services.sts.AccessKeyStore;
import dev.syncline.sim.services.sts.StsService;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The services of this module's core, in process and, when asked, on a port. */
public final class CoreServices implements AutoCloseable {
  public static final String ACCOUNT = "111111111111";
  public static final String REGION = "us-east-1";

  public final SimClock clock;
  public final Journal journal;
  public final Ids ids = new Ids(7);
  public final Dispatcher dispatcher;
  public final LogsService logs;
  public final EventBridgeService events;
  public final S3Service s3;
  public final SqsService sqs;
  public final Router router;

  /** Registers every service. */
  public CoreServices(ClockMode mode) {
    clock = new SimClock(mode);
    journal = new Journal(clock);
    var faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    logs = new LogsService(clock);
    events = new EventBridgeService(clock, ids, journal, dispatcher, ACCOUNT, REGION);
    s3 =
        new S3Service(
            new ServiceContext(
                clock,
                ids,
                journal,
                faults,
                dispatcher,
                new Contracts(),
                Settings.NONE,
                ACCOUNT,
                REGION,
                Path.of(""),
                () -> URI.create("http://127.0.0.1:4566")));
    sqs =
        new SqsService(
            clock,
            ids,
            journal,
            ACCOUNT,
            REGION,
            () -> URI.create("http://127.0.0.1:4566"),
            false,
            SqsSettings.DEFAULT);
    router = new Router(dispatcher, journal, ids, ACCOUNT, REGION);
    var iam = new IamService(clock, ids, ACCOUNT);
    dispatcher.register(iam);
    var contracts = new Contracts();
    contracts.provide(AssumableRoles.class, iam.roles());
    dispatcher.register(
        new StsService(clock, ids, new AccessKeyStore(ACCOUNT), ACCOUNT, contracts, IamMode.OFF));
    dispatcher.register(logs);
    dispatcher.register(new SecretsManagerService(clock, ids, ACCOUNT, REGION));
    dispatcher.register(events);
    dispatcher.register(s3);
    dispatcher.register(sqs);
    dispatcher.register(new CloudWatchService(clock, journal, ACCOUNT, REGION));
  }

  /** Puts them on a free port; the caller closes it. */
  public PortServer listen(Path work) {
    return new PortServer(
            new PortSettings(InetAddress.getLoopbackAddress(), 0, -1, -1, "us-east-1", work),
            router,
            clock,
            journal)
        .start();
  }

  /** Calls an operation; single quotes in the input stand for double ones. */
  public JsonNode call(String service, String operation, String input) {
    return output(service, operation, input, "").json();
  }

  /** Calls an operation with a body. */
  public Output output(String service, String operation, String input, String body) {
    try {
      return dispatcher.call(
          service,
          operation,
          (ObjectNode) Json.MAPPER.readTree(input.replace('\'', '"')),
          new CallContext(ACCOUNT, REGION, "test", "", body.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    }
  }

  @Override
  public void close() {
    clock.close();
  }
}
