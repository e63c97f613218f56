internal import CLinux
internal import Glibc

/// The kind of file system that a directory is on.
struct FileSystem: Equatable, Sendable {
  /// `NFS`; nil for the many local kinds, which need no name.
  let networkName: String?
  /// Whether it takes no writes at all.
  let isReadOnly: Bool

  init(of descriptor: Int32) {
    var status = statfs()
    guard unsafe fstatfs(descriptor, &status) == 0 else {
      (networkName, isReadOnly) = (nil, false)
      return
    }
    networkName = FileSystem.name(UInt32(truncatingIfNeeded: status.f_type))
    isReadOnly = Int(status.f_flags) & Int(ST_RDONLY) != 0
  }

  init(networkName: String?, isReadOnly: Bool) {
    self.networkName = networkName
    self.isReadOnly = isReadOnly
  }

  /// The kinds whose locks do not reach every user of a file; numbers of statfs(2).
  static func name(_ type: UInt32) -> String? {
    switch type {
    case 0x6969: "NFS"
    case 0x517B, 0xFE53_4D42, 0xFF53_4D42: "SMB"
    case 0x6573_5546: "FUSE"
    case 0x0102_1997: "9p"
    case 0x5346_414F, 0x6B41_4653: "AFS"
    case 0x7375_7245: "Coda"
    case 0x00C3_6400: "Ceph"
    case 0x0BD0_0BD0: "Lustre"
    case 0x7461_636F: "OCFS2"
    case 0x0116_1970: "GFS2"
    case 0x786F_4256: "a shared folder of VirtualBox"
    default: nil
    }
  }
}
