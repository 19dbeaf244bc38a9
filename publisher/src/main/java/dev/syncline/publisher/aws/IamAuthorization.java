// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.Credential;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.utils.CompletableFutureUtils;

/**
 * Authorization mode {@code AWS_IAM}: every operation is signed separately (Signature Version 4),
 * with the provider's current credentials. Thread-safe.
 */
final class IamAuthorization implements Authorization {
  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final String region;
  private final Clock clock;

  IamAuthorization(
      IdentityProvider<? extends AwsCredentialsIdentity> credentials, String region, Clock clock) {
    this.credentials = credentials;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public Credential credential() {
    return new IamCredential(resolve(), region, clock);
  }

  /** The provider's current credentials, if they differ from the refused ones. */
  @Override
  public Optional<Credential> replacementFor(Credential refused) {
    AwsCredentialsIdentity now = resolve();
    boolean same = refused instanceof IamCredential old && old.isOf(now);
    return same ? Optional.empty() : Optional.of(new IamCredential(now, region, clock));
  }

  private AwsCredentialsIdentity resolve() {
    return CompletableFutureUtils.joinLikeSync(credentials.resolveIdentity());
  }

  @Override
  public String toString() {
    return "Authorization[AWS_IAM in " + region + "]";
  }
}
