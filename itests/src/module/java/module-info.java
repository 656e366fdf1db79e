// region module
module com.example.sender {
    requires dev.sluice.udp;
}
// endregion
