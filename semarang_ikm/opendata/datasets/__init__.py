"""All datasets, in the order in which people meet them."""

from semarang_ikm.opendata.dataset import Dataset
from semarang_ikm.opendata.datasets.businesses import BusinessDataset
from semarang_ikm.opendata.datasets.events import EventDataset
from semarang_ikm.opendata.datasets.products import ProductDataset
from semarang_ikm.opendata.datasets.reference import AreaDataset, TypeDataset
from semarang_ikm.opendata.datasets.sentra import FigureDataset, SentraDataset

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        SentraDataset(),
        BusinessDataset(),
        ProductDataset(),
        EventDataset(),
        AreaDataset(),
        TypeDataset(),
        FigureDataset(),
    )
}
# Those whose records can be asked for one by one.
IN_API = {name: dataset for name, dataset in DATASETS.items() if dataset.identity}
