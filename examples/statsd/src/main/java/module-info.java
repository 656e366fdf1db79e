/** Requires the API alone: the provider comes in when the image is linked. */
module com.example.statsd {
    requires dev.sluice.udp;
}
