// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.servicetests.ServiceContractTest;

class IamRoomTest extends ServiceContractTest {}
