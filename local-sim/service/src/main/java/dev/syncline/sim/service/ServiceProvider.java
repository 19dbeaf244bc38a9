// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

/**
 * Creates the service of one room. {@link java.util.ServiceLoader} finds it, so a new room needs no
 * change elsewhere. Implementations have a public constructor without parameters and do nothing
 * before {@link #create}.
 */
public interface ServiceProvider {
  /**
   * The id of the service: lower-case letters and digits. It is the signing name, unless another
   * room has that name. Services are created in order of id. Two providers with one id fail at
   * start.
   */
  String id();

  /**
   * Checks the settings of this room before anything starts.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  default void check(Settings settings) {}

  /**
   * Creates the service. Contracts of other rooms are available only after every room has been
   * created; see {@link ServiceContext#contract}.
   */
  AwsService create(ServiceContext context);
}
