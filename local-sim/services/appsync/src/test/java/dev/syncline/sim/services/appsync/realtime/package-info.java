// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.appsync.realtime;

import org.jspecify.annotations.NullMarked;
