// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.worker.http;

import org.jspecify.annotations.NullMarked;
