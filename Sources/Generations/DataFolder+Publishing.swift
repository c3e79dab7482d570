import Foundation
import Glibc
import Recommenders

extension DataFolder {
    /// Makes a new generation and serves it.
    ///
    /// - Parameters:
    ///   - base: what it is made from; if something else is current by the end, nothing is published, since that would be undone.
    ///   - fill: writes the files of the new generation into the folder that it is given.
    /// - Returns: its number.
    package func publish(from base: Int?, _ fill: (NewGeneration) throws -> Void) throws -> Int {
        try attempt("make the folder \(path)") {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let staging = NewGeneration(
            folder: "\(path)/.new-\(String(UInt64.random(in: .min ... .max), radix: 36))", base: base, data: self)
        try attempt("make a folder in \(path)") {
            try FileManager.default.createDirectory(atPath: staging.folder, withIntermediateDirectories: false)
        }
        defer { try? FileManager.default.removeItem(atPath: staging.folder) }
        try fill(staging)
        return try commit(staging, base: base)
    }

    /// Makes a new generation of the files of an old one, and serves it.
    ///
    /// - Parameter wanted: nil for the last one before the current one that has other files.
    package func rollBack(to wanted: Int? = nil) throws -> (number: Int, of: Int) {
        guard let current else {
            throw DataFolderError("there is no current generation in \(path)", advice: "Make one with: kindred import FOLDER")
        }
        let target = wanted ?? lastBefore(current)
        guard let target, generations.contains(target) else {
            let name = wanted.map { "no generation \($0)" } ?? "no generation before the current one"
            throw DataFolderError("there is \(name) in \(path)", advice: "List them with: kindred data list")
        }
        return (try publish(from: current) { try $0.link(filesOf: target) }, target)
    }

    /// Of those that are the same as `current`, the first is where it comes from.
    private func lastBefore(_ current: Int) -> Int? {
        let generations = generations
        let origin = generations.first { haveSameFiles($0, current) } ?? current
        return generations.last { $0 < origin && !haveSameFiles($0, current) }
    }

    /// Deletes old generations, but for the newest, the current one and the last one with other files. Processes that serve from one go on.
    ///
    /// - Returns: the numbers of those that are gone.
    @discardableResult
    package func prune(keeping count: Int) throws -> [Int] {
        let generations = generations
        let kept = Set(generations.suffix(max(1, count)) + [current, current.flatMap(lastBefore)].compactMap { $0 })
        let old = generations.filter { !kept.contains($0) }
        for number in old {
            try attempt("delete \(folder(of: number))") { try FileManager.default.removeItem(atPath: folder(of: number)) }
        }
        return old
    }

    private func commit(_ staging: NewGeneration, base: Int?) throws -> Int {
        let lock = open("\(path)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw DataFolderError.system("write to", path) }
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw DataFolderError.system("lock", path) }
        guard current == base else {
            throw DataFolderError(
                "generation \(current ?? 0) was published meanwhile, and would be undone by this one", advice: "Do it again.")
        }
        let number = (generations.last ?? 0) + 1
        try synchronize(staging.folder)
        guard rename(staging.folder, folder(of: number)) == 0 else { throw DataFolderError.system("make", folder(of: number)) }
        let link = "\(path)/.\(Self.currentName)-\(number)"
        unlink(link)
        guard symlink(folder(of: number).split(separator: "/").last.map(String.init) ?? "", link) == 0,
            rename(link, "\(path)/\(Self.currentName)") == 0
        else { throw DataFolderError.system("make a link in", path) }
        try synchronize(path)
        return number
    }

    /// Makes the names in a folder durable, and those in the folders in it.
    private func synchronize(_ folder: String) throws {
        for folder in [folder, "\(folder)/\(Self.modelsName)"] {
            let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else { throw DataFolderError.system("sync", folder) }
        }
    }

    fileprivate func attempt(_ what: String, _ body: () throws -> Void) throws {
        do { try body() } catch {
            throw DataFolderError("cannot \(what): \(error.localizedDescription)", advice: DataFolderError.room)
        }
    }
}

/// A generation in the making.
package struct NewGeneration {
    package let folder: String
    let base: Int?
    let data: DataFolder

    package var ratingsFile: String { "\(folder)/\(DataFolder.ratingsName)" }
    package var modelsFolder: String { "\(folder)/\(DataFolder.modelsName)" }

    /// Takes over all files of another generation, without copying where the disk can do that.
    package func link(filesOf number: Int) throws {
        try link(data.ratingsFile(of: number), to: ratingsFile)
        try link(modelsIn: data.modelsFolder(of: number))
    }

    /// Takes over the models in a folder, which may be missing.
    package func link(modelsIn source: String) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: source)) ?? []
        guard !names.isEmpty else { return }
        try data.attempt("make \(modelsFolder)") {
            try FileManager.default.createDirectory(atPath: modelsFolder, withIntermediateDirectories: true)
        }
        for name in names.sorted() { try link("\(source)/\(name)", to: "\(modelsFolder)/\(name)") }
    }

    package func link(_ source: String, to target: String) throws {
        guard let file = realpath(source, nil) else { throw DataFolderError.system("read", source) }
        defer { free(file) }
        if Glibc.link(file, target) == 0 { return }
        try data.attempt("copy \(source)") { try FileManager.default.copyItem(atPath: String(cString: file), toPath: target) }
    }
}
