// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.servicetests.ServiceContractTest;

class SecretsManagerRoomTest extends ServiceContractTest {}
