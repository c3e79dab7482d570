"""The volumes of a pod as folders of this machine."""

import os
import shutil
from pathlib import Path

from manifests import Manifests, Object
from pods import Mount, Pod


class Volumes:
    """Makes them below one folder. What is claimed stays there when a pod goes, as a disk would."""

    def __init__(self, folder: Path, manifests: Manifests) -> None:
        self._folder = folder
        self._manifests = manifests

    def make(self, pod: Pod) -> None:
        """Make all volumes of a pod, those that belong to it alone anew."""
        for volume in pod.volumes:
            folder = self._place(pod, volume)
            if "persistentVolumeClaim" not in volume and folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(parents=True, exist_ok=True)
            files = self._files(volume)
            for name, (content, mode) in files.items():
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
                os.chown(file, 0, pod.group if pod.group is not None else 0)
                file.chmod(mode)
            # The group of the pod may write to what is no file of a ConfigMap or a Secret.
            os.chown(folder, 0, pod.group if pod.group is not None else 0)
            folder.chmod(0o755 if files else 0o2777 if pod.group is None else 0o2775)

    def source(self, pod: Pod, mount: Mount) -> Path:
        """Where a mount of a container of the pod lies."""
        volume = next(one for one in pod.volumes if one["name"] == mount.volume)
        return self._place(pod, volume) / mount.inside

    def forget(self, pod: Pod) -> None:
        """Remove what goes with the pod."""
        shutil.rmtree(self._folder / "pods" / pod.name, ignore_errors=True)

    def _place(self, pod: Pod, volume: Object) -> Path:
        if "persistentVolumeClaim" in volume:
            return self._folder / "claims" / volume["persistentVolumeClaim"]["claimName"]
        return self._folder / "pods" / pod.name / volume["name"]

    def _files(self, volume: Object) -> dict[str, tuple[bytes, int]]:
        if "configMap" in volume:
            return self._chosen("ConfigMap", volume["configMap"]["name"], volume["configMap"], 0o644)
        if "secret" in volume:
            return self._chosen("Secret", volume["secret"]["secretName"], volume["secret"], 0o644)
        if "projected" in volume:
            found = {}
            for source in volume["projected"]["sources"]:
                kind = "ConfigMap" if "configMap" in source else "Secret"
                part = source.get("configMap") or source["secret"]
                found |= self._chosen(kind, part["name"], {"defaultMode": volume["projected"].get("defaultMode")} | part, 0o644)
            return found
        if "emptyDir" in volume or "persistentVolumeClaim" in volume:
            return {}
        raise ValueError(f"A volume {volume} is not understood here.")

    def _chosen(self, kind: str, name: str, source: Object, usual: int) -> dict[str, tuple[bytes, int]]:
        data = self._manifests.data(kind, name)
        mode = source.get("defaultMode") or usual
        items = source.get("items") or [{"key": key, "path": key} for key in data]
        return {item["path"]: (data[item["key"]], item.get("mode") or mode) for item in items}
