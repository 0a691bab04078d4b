import { createSocket, type Socket } from 'node:dgram';

/** Counts the packets that reach a port of UDP on this machine. */
export class PacketCount {
  count = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', () => {
      this.count += 1;
    });
  }

  static async start(): Promise<PacketCount> {
    const socket = createSocket('udp4');
    await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
    return new PacketCount(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  close(): void {
    this.#socket.close();
  }
}

/** Runs in a page, and sends packets to a port by WebRTC. */
export function sendPacket(port: string): void {
  const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
  peer.createDataChannel('a');
  void peer.createOffer().then((offer) => peer.setLocalDescription(offer));
}
