// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** AWS STS. See the package for what is simulated. Thread-safe. */
public final class StsService implements AwsService {
  private final CallerOperations callers;
  private final SessionOperations sessions;

  /**
   * The service of one account. It adds the credentials that it issues to {@code keys}.
   *
   * @param roleIds the unique id of a role by its ARN, empty for a role that IAM does not have
   */
  public StsService(
      SimClock clock,
      Ids ids,
      AccessKeyStore keys,
      String account,
      Function<String, Optional<String>> roleIds) {
    String userId = "AIDA" + ids.upperAlphanumeric(17);
    this.callers = new CallerOperations(clock, keys, account, userId);
    this.sessions = new SessionOperations(clock, ids, keys, account, userId, roleIds);
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public String title() {
    return "AWS STS";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.Query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(callers.operations(), sessions.operations()).flatMap(List::stream).toList();
  }

  @Override
  public ServiceState state() {
    return ServiceState.NONE;
  }
}
